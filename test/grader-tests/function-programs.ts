// サーバやクライアントを、プロセスでなく、このプロセスの中の関数として動かす。百の問いを、少しの CPU で試せる
import { once } from "node:events";
import net from "node:net";
import { CheckTools, type Listener } from "../grader/checks/check-tools.ts";
import { Grading } from "../grader/checks/grading.ts";
import { lessonNamed } from "../grader/lessons/all.ts";
import type { Program } from "../grader/process/program.ts";
import { Puppet } from "./short-program.ts";

/** サーバに届いたものと、正しい答え r と、覚えておく所 (n は何個目か、client は何人目か) */
export type Asked = {
  text: string;
  op: string;
  x: string;
  y: string;
  a: number;
  b: number;
  num: number;
  r: number;
  calculate: (op: string) => number;
  connection: Record<string, any>;
  whole: Record<string, any>;
  socket: net.Socket;
};

/** 間違っているところだけを書いた、サーバとクライアント */
export type Functions = {
  /** サーバの答え。undefined なら、何も送らない */
  answer?: (asked: Asked) => unknown;
  /** サーバが、n 個目の答えのあとに表示するもの */
  prints?: (n: number) => string;
  /** サーバの様子が、CPU を休みなく使っているなら、それを言う言葉 */
  spins?: string;
  /** 打たれたものから、クライアントが送るもの */
  sends?: (...typed: string[]) => unknown;
  /** 返事から、クライアントが表示するもの */
  shows?: (reply: any) => string;
};

/** 届いたものを読む。「演算子,数,数」か、数 */
function read(text: string) {
  const [op, x, y] = text.split(",");
  const [a, b, num] = [x, y, text].map(Number);
  const calculate = (op: string) => ({ add: a + b, sub: a - b, mul: a * b, div: a / b })[op]!;
  return { text, op, x, y, a, b, num, r: (x ? calculate(op) : num * num) + 0, calculate };
}

class FunctionTools extends CheckTools {
  functions: Functions = {};

  async startServer(): Promise<Listener> {
    const { answer = ({ r }) => r, prints = () => "send", spins } = this.functions;
    const puppet = Object.assign(new Puppet(this.session), { spinning: () => spins });
    const whole = { n: 0, clients: 0 };
    const server = net.createServer((socket) => {
      const connection = { n: 0, client: ++whole.clients };
      this.session.atEnd(() => socket.destroy());
      socket.on("error", () => {}).setEncoding("utf8").on("data", (data) => {
        whole.n++;
        connection.n++;
        const reply: any = answer({ ...read(String(data)), connection, whole, socket });
        if (reply === undefined) return;
        socket.write(String(reply));
        puppet.print(`${prints(connection.n)}\n`);
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    this.session.atEnd(() => server.close());
    puppet.print(`${this.lesson.starts(this.lesson.port)}\n`);
    const { port } = server.address() as net.AddressInfo;
    const at = { asked: this.lesson.port, address: "127.0.0.1", host: "127.0.0.1", port };
    puppet.listened.push(at);
    return { program: puppet as unknown as Program, at };
  }

  async startClient(port: number): Promise<Program> {
    const puppet = new Puppet(this.session);
    this.runClient(puppet, port).catch(() => {}); // 終わりまで待たずに、片付けられることもある
    return puppet as unknown as Program;
  }

  private async runClient(puppet: Puppet, port: number) {
    const { prompts, message, result, port: asked } = this.lesson;
    const { sends = (...typed) => typed.join() || message } = this.functions;
    const { shows = (reply) => result(reply).join("\n") } = this.functions;
    const typed: string[] = [];
    for (const { lines } of prompts) {
      puppet.print(`${lines.join("\n")}\n`);
      const [word] = await once(puppet, "typed");
      typed.push(word.trimEnd());
    }
    puppet.connecting.push(asked);
    const socket = net.connect(port, "127.0.0.1").setEncoding("utf8");
    this.session.atEnd(() => socket.destroy());
    socket.write(String(sends(...typed)));
    const [reply] = await once(socket, "data");
    puppet.print(`${shows(reply)}\n`);
    socket.destroy();
    puppet.code = 0;
  }
}

/** 提出の代わりに、関数を採点するもの */
export function gradingOf(lesson: string, functions: Functions): Grading {
  const options = { seed: Number(process.env.SEED), sureToReply: true };
  const grading = new Grading(lessonNamed(lesson), process.env.TEST_FOLDER!, options);
  grading.tools = () => Object.assign(new FunctionTools(grading.lesson, "", { limit: 4000 }), { functions });
  return grading;
}
