// どんなメッセージにも同じ返事をするレッスン (Socket1 と Socket2) で、サーバにたずねることと、クライアントの筋書き
import { exactly } from "./ask-server.ts";
import type { Questions } from "./examine-server.ts";
import type { Facts } from "./lesson.ts";
import type { Values } from "./random-values.ts";
import type { Script } from "./watch-client.ts";

/** いろいろなメッセージ。返事は、みな同じ */
export const anyMessage = ({ message: hello, reply }: Facts) => (values: Values): Questions => {
  const ask = (message: string) => ({ message, reply: exactly(reply), about: ["reply"] });
  const word = values.word();
  const long = "x".repeat(values.integer(50, 99));
  const others = [hello, "0", `-${values.digits(3)}`, "a b,c", "é😀", long];
  const rest = [...values.shuffled(others), word, word, ...Array.from({ length: 40 }, () => values.word())];
  return { opening: ask(values.word()), firsts: [], rest: rest.map(ask) };
};

/** どの返事でも、来たとおりに表示する */
export const echoing = ({ message, result }: Facts) => (values: Values): Script[] => {
  const reply = `返事は${values.word()}`;
  return [{ prompts: [], wire: message, reply, result: result(reply) }];
};
