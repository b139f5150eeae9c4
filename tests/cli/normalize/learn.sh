# A filled review file becomes approved mappings: picks, several picks, none, a
# code by hand, a display alone; what is not approved is counted.  Fed twice,
# or in another order, it gives the same bytes; a later day supersedes.
mkdir terms
cat >terms/own@1.csv <<'END'
code,name
A1,砧骨恶性肿瘤
A2,砧液
A3,急性砧骨炎
END
head='pick,share,cum_share,reason,field,term,unit,specimen,code,display,system,version,relation,status,reviewer,date,p,method,count,note,cand1,cand2,cand3,cand4,cand5'
{
	printf '\357\273\277%s\r\n' "$head"
	cat <<'END' | sed 's/$/\r/'
1,.3,.3,below_accept,diagnosis,砧骨Ca,,,,,own,1,,APPROVED,li,2026/11/1,,,9,,A1|砧骨恶性肿瘤|0.6,A3|急性砧骨炎|0.1,,,
1+3,.2,.5,below_accept,diagnosis,砧骨癌伴积液,,,,,own,1,,已审,li,,,,6,,A1|砧骨恶性肿瘤|0.6,A3|急性砧骨炎|0.1,A2|砧液|,,
0,.2,.7,below_accept,diagnosis,体检,,,,,own,1,,approved,li,,,,5,,A2|砧液|0.2,,,,
,.1,.8,no_candidate,diagnosis,'-急砧,,,A3,,own,1,,APPROVED,li,,,,2,,,,,,
,.1,.9,no_candidate,diagnosis,积液,,,,砧液,own,1,,APPROVED,li,,,,2,,,,,,
2,.1,1,below_accept,diagnosis,待定,,,,,own,1,,UNCHECKED,,,,,1,,A1|砧骨恶性肿瘤|0.6,A3|急性砧骨炎|0.1,,,
END
} >todo.csv
mdx-normalize learn --terms terms -n todo.csv >/dev/null
ls terms
mdx-normalize learn --terms terms todo.csv
cat terms/approved/diagnosis.csv
cat >later.csv <<'END'
field,term,code,system,version,status,reviewer,date
diagnosis,砧骨Ca,A3,own,1,APPROVED,wu,2026-11-02
diagnosis,积液,,own,1,IGNORED,wu,2026-11-02
END
cp -r terms other
mdx-normalize learn --terms terms later.csv >/dev/null
mdx-normalize learn --terms terms todo.csv >/dev/null
mdx-normalize learn --terms other todo.csv later.csv todo.csv >/dev/null
cmp terms/approved/diagnosis.csv other/approved/diagnosis.csv && echo the same
grep -E 'Ca|^diagnosis,积液' terms/approved/diagnosis.csv
printf '砧骨Ca\n积液\n体检\n-急砧\n' | mdx-normalize lookup --terms terms --system own |
	jq -c '[.term,.status,.codes[].code]'
