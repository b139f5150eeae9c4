# A service that is not there: its name, and status 5.
echo x >note.txt
mdx-extract -p thyroid-ablation --llm http://127.0.0.1:1 --retries 0 --max-wait 1 --plain note.txt
