// 本を歩くプログラムに読み込ませる。使うポートを空いている番号に移し (MOVED_PORTS="6000:12345 …")、
// 表示する番号は本のままにする。待ち始めたとき、つながったときに、記述子 3 に1文字書く
const dgram = require("node:dgram");
const { writeSync } = require("node:fs");
const { Server, Socket } = require("node:net");

const pairs = (process.env.MOVED_PORTS ?? "").split(" ").map((pair) => pair.split(":").map(Number));
const moved = new Map(pairs.map(([port, other]) => [port, other]));
const original = new Map(pairs.map(([port, other]) => [other, port]));

/**
 * @param {any} value ポート番号か、ポートのあるオブジェクト。ほかのものは、そのまま返す
 * @returns {any}
 */
function move(value) {
  if (value !== null && typeof value === "object") return { ...value, port: move(value.port) };
  return moved.get(Number(value)) ?? value;
}

function tell() {
  try {
    writeSync(3, ".");
  } catch {} // 動かしている人が、もう聞いていない
}

/**
 * @param {any} holder そのメソッドを持つもの
 * @param {string} name
 * @param {string} event 起きたら言う
 * @param {number} at ポートの引数の番号
 */
function wrap(holder, name, event, at) {
  const call = holder[name];
  holder[name] = function (/** @type {any[]} */ ...args) {
    if (event) this.once(event, tell);
    if (Array.isArray(args[at])) args[at][0] = move(args[at][0]); // net.connect が、中でまとめた引数
    else args[at] = move(args[at]);
    return Reflect.apply(call, this, args);
  };
}
wrap(Server.prototype, "listen", "listening", 0);
wrap(Socket.prototype, "connect", "connect", 0);
wrap(dgram.Socket.prototype, "bind", "listening", 0);
wrap(dgram.Socket.prototype, "send", "", 1);

const { address } = Server.prototype;
/** @this {any} */
Server.prototype.address = function () {
  const found = /** @type {any} */ (Reflect.apply(address, this, []));
  return found && { ...found, port: original.get(found.port) ?? found.port };
};
