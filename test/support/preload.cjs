// テストが動かすプログラムの中で、最初に読み込まれる (tsx より先なので JavaScript で書く)。
// NODE_OPTIONS で渡すので、プログラムが作る子プロセスやスレッドの中でも読み込まれる。
// - 起きたこと (listen できた、つなごうとした) をファイルに書く。時間で待たずに済み、プログラムからは見えない
// - ポート番号を読み替える。6000 や 9000 と書いてあっても、空いているポートで動く
const { appendFileSync, readFileSync } = require("node:fs");
const net = require("node:net");

/**
 * @param options.events 起きたことを1行ずつ書くファイル
 * @param options.free 真なら、listen は空いているポートで行う。プログラムには、頼んだ番号に見せる
 * @param options.connect つなぐポート番号の読み替えの表
 * @param options.terminal 真なら、標準入力を端末のように扱う
 */
module.exports = ({ events, free, connect, terminal }) => {
  const tell = (event) => appendFileSync(events, `${JSON.stringify(event)}\n`);
  const told = () => readFileSync(events, "utf8").trim().split("\n").map((line) => JSON.parse(line));

  /** listen や connect の引数 (node:net が許すどの形でも) のポート番号。swap があれば、その番号に書き換える */
  function portOf(args, swap) {
    const list = Array.isArray(args[0]) ? args[0] : args; // net.connect は引数を1つの配列にまとめて渡す
    const inObject = typeof list[0] === "object" && list[0] !== null;
    const asked = Number(inObject ? list[0].port : list[0]);
    const port = asked > 0 ? swap(asked) : asked;
    if (port !== asked && !Number.isNaN(asked)) list[0] = inObject ? { ...list[0], port } : port;
    return asked;
  }

  const { listen, address } = net.Server.prototype;
  const asked = Symbol("asked");
  net.Server.prototype.listen = function (...args) {
    const port = portOf(args, (port) => (free && port < 65536 ? 0 : port));
    this.once("listening", () => {
      tell({ listening: { asked: port, ...address.call(this) } });
      if (free && port > 0) this[asked] = port;
    });
    return listen.apply(this, args);
  };
  net.Server.prototype.address = function () {
    const real = address.call(this);
    return this[asked] ? { ...real, port: this[asked] } : real;
  };

  // 自分で待っているポートにつなぐときは、その本当の番号へ
  const own = (port) => (free ? told().find(({ listening }) => listening?.asked === port)?.listening.port : undefined);
  const { connect: connectTo } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...args) {
    tell({ connecting: portOf(args, (port) => connect[port] ?? own(port) ?? port) });
    return connectTo.apply(this, args);
  };

  // 標準入力が端末なら、読むのをやめたプログラムは終われる。パイプでも、採点ではそれと同じにする。
  // process.stdin に触れるとパイプの読み方が変わり、fs.readSync で読むプログラムが困るので、触れずに直す
  if (!terminal) return;
  const { pause, resume } = net.Socket.prototype;
  net.Socket.prototype.pause = function () {
    return pause.call(this.fd === 0 ? this.unref() : this);
  };
  net.Socket.prototype.resume = function () {
    return resume.call(this.fd === 0 ? this.ref() : this);
  };
};
