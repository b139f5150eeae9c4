"""N requests through httpx, 32 in flight: the peer of the model path.

llm-httpx.py BASE N PROMPT.json
"""
import asyncio
import json
import sys

import httpx

base, count, path = sys.argv[1], int(sys.argv[2]), sys.argv[3]
prompt = json.load(open(path))
numbers = iter(range(count))


async def worker(client):
    for n in numbers:
        body = dict(prompt, messages=[
            prompt["messages"][0],
            {"role": "user", "content": prompt["messages"][1]["content"] + str(n)}])
        answer = await client.post(base + "/chat/completions", json=body)
        json.loads(answer.json()["choices"][0]["message"]["content"])


async def main():
    limits = httpx.Limits(max_connections=32)
    async with httpx.AsyncClient(limits=limits, timeout=60) as client:
        await asyncio.gather(*(worker(client) for _ in range(32)))

asyncio.run(main())
