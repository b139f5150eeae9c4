# The report counts by class and label, says what pseudonymisation is, prints k.
printf '%s\n' 0123456789abcdef0123456789abcdef >key
chmod 600 key
for i in 1 2 3 4 5 6 7; do
	echo "{\"patient_id\":\"$i\",\"sex\":\"1\",\"age\":$((i < 6 ? 40 : 93)),\"address\":\"浙江省杭州市西湖区文三路${i}号\",\"text\":\"电话138001380${i}0\"}"
	echo "{\"patient_id\":\"$i\",\"test\":\"ALT\",\"value\":$i}"
done >in
mdx-normalize -j 2 --deid research --key key --report r.json in >out || exit 9
jq -c .normalize.deid r.json
head -n 1 out
