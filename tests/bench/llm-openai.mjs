// N requests through openai-node, 32 in flight: the peer of the model path.
//
//	node llm-openai.mjs BASE N PROMPT.json
import { readFileSync } from "node:fs";
import OpenAI from "openai";

const [base, count, path] = process.argv.slice(2);
const prompt = JSON.parse(readFileSync(path, "utf8"));
const client = new OpenAI({ baseURL: base, apiKey: "none" });
let next = 0;

async function worker() {
	while (next < Number(count)) {
		const n = next++;
		const answer = await client.chat.completions.create({
			...prompt,
			messages: [prompt.messages[0],
			    { role: "user", content: prompt.messages[1].content + n }],
		});
		JSON.parse(answer.choices[0].message.content);
	}
}
await Promise.all(Array.from({ length: 32 }, worker));
