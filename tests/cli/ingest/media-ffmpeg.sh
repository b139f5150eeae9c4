# What ffmpeg writes, in each container and many ways, as ffprobe reads it.
python=/usr/bin/python3 # Debian's, which has its packages
for tool in ffmpeg ffprobe; do
	command -v $tool >/dev/null || { echo "no $tool"; exit 77; }
done
"$python" "$CASES/media_ffmpeg.py"
