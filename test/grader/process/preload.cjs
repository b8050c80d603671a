// @ts-nocheck -- Node の中の関数を書き換える。型のない所ばかりなので、preload.test.ts が動かして確かめる
// 動かすプログラムの中に読み込まれ、起きたことを知らせ、ポート番号を読み替え、標準入力を端末のように扱う
// 最初に読み込まれる (tsx より先なので JavaScript で書く)。
// NODE_OPTIONS で渡すので、プログラムが作る子プロセスやスレッドの中でも読み込まれる。
// - 起きたこと (listen できた、つなごうとした) をファイルに書く。時間で待たずに済み、プログラムからは見えない
// - ポート番号を読み替える。6000 や 9000 と書いてあっても、空いているポートで動く
const childProcess = require("node:child_process");
const { appendFileSync, readFileSync } = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const net = require("node:net");
const { isMainThread } = require("node:worker_threads");

/** 今の様子を調べる間隔 (ms) */
const interval = 100;

/** TCP でつないだソケット */
const opened = new Set();

/**
 * @param {object} options
 * @param {string} options.events 起きたことを1行ずつ書くファイル
 * @param {boolean} [options.anyPort] 真なら、listen は空いているポートで行う。プログラムには、頼んだ番号に見せる
 * @param {number | Record<number, number>} [options.connectTo] つなぐポート番号の読み替え。数なら、どの番号もそれにする
 * @param {boolean} [options.terminal] 真なら、標準入力を端末のように扱う
 */
module.exports = ({ events, anyPort, connectTo, terminal }) => {
  const tell = (event) => appendFileSync(events, `${JSON.stringify(event)}\n`);
  const told = () => readFileSync(events, "utf8").trim().split("\n").map((line) => JSON.parse(line));
  swapListening(tell, anyPort);
  swapConnecting(tell, told, anyPort, connectTo);
  tellClosing(tell);
  followChildren();
  const input = watchInput(terminal);
  if (isMainThread) tellState(tell, input); // 変換の道具のスレッドのことは、知らせない
};

/** listen や connect の引数 (node:net が許すどの形でも) のポート番号。swap で、その番号に書き換える */
function portOf(args, swap) {
  const list = Array.isArray(args[0]) ? args[0] : args; // net.connect は引数を1つの配列にまとめて渡す
  const inObject = typeof list[0] === "object" && list[0] !== null;
  const port = Number(inObject ? list[0].port : list[0]);
  const swapped = port > 0 ? swap(port) : port;
  if (swapped !== port && !Number.isNaN(port)) list[0] = inObject ? { ...list[0], port: swapped } : swapped;
  return port;
}

/** listen を空いているポートで行い、プログラムには頼んだ番号に見せ、本当の番号を知らせる */
function swapListening(tell, anyPort) {
  const { listen, address } = net.Server.prototype;
  const promised = Symbol("promised"); // 頼んだ番号
  net.Server.prototype.listen = function (...args) {
    const port = portOf(args, (port) => (anyPort && port < 65536 ? 0 : port));
    if (anyPort && port > 0) this[promised] = port;
    this.prependOnceListener("listening", () => {
      const real = address.call(this);
      tell({ listening: { asked: port || 0, ...(typeof real === "string" ? { path: real } : real) } });
    });
    return listen.apply(this, args);
  };
  net.Server.prototype.address = function () {
    const real = address.call(this);
    return real?.port && this[promised] ? { ...real, port: this[promised] } : real;
  };
}

/** つなぐ先を読み替え、頼んだ番号を知らせる。自分で待っているポートなら、その本当の番号へ */
function swapConnecting(tell, told, anyPort, connectTo) {
  const own = (port) => told().find(({ listening }) => listening?.asked === port)?.listening.port;
  const swapped = (port) => (typeof connectTo === "number" ? connectTo : connectTo?.[port]);
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...args) {
    const port = portOf(args, (port) => (anyPort ? own(port) : undefined) ?? swapped(port) ?? port);
    if (port > 0) {
      tell({ connecting: port });
      opened.add(this);
    }
    return connect.apply(this, args);
  };
}

/** つないだ側が、何も受け取らないうちに、閉じ始めたり終わったりしたことを知らせる */
function tellClosing(tell) {
  for (const method of ["end", "destroy"]) {
    const close = net.Socket.prototype[method];
    net.Socket.prototype[method] = function (...args) {
      if (opened.delete(this) && this.bytesRead === 0) tell({ early: "closed" });
      return close.apply(this, args);
    };
  }
  process.on("exit", () => [...opened].some(({ bytesRead }) => bytesRead === 0) && tell({ early: "ended" }));
}

/** 環境変数を選んで渡した子プロセスの中でも、読み込まれるように。残ったものを見つける目印にもなる (end-all.cjs) */
function followChildren() {
  const { NODE_OPTIONS } = process.env;
  const { spawn } = childProcess.ChildProcess.prototype;
  childProcess.ChildProcess.prototype.spawn = function (options) {
    const named = options.envPairs?.some((pair) => pair.startsWith("NODE_OPTIONS="));
    if (options.envPairs && !named) options.envPairs.push(`NODE_OPTIONS=${NODE_OPTIONS}`);
    return spawn.call(this, options);
  };
  for (const name of ["spawnSync", "execFileSync", "execSync"]) {
    const run = childProcess[name];
    childProcess[name] = (...args) => {
      const options = args.findLast((arg) => arg?.env);
      if (options) args[args.indexOf(options)] = { ...options, env: { NODE_OPTIONS, ...options.env } };
      return run.apply(childProcess, args);
    };
  }
  syncBuiltinESMExports();
}

/**
 * 標準入力が端末なら、読むのをやめたプログラムは終われる。パイプでも、採点ではそれと同じにする。
 * process.stdin に触れるとパイプの読み方が変わり、fs.readSync で読むプログラムが困るので、触れずに直す
 * @returns 標準入力を読んでいるか
 */
function watchInput(terminal) {
  const input = { reading: false };
  const { pause, resume } = net.Socket.prototype;
  net.Socket.prototype.pause = function () {
    if (this.fd !== 0) return pause.call(this);
    input.reading = false;
    return pause.call(terminal ? this.unref() : this);
  };
  net.Socket.prototype.resume = function () {
    if (this.fd !== 0) return resume.call(this);
    input.reading = true;
    return resume.call(terminal ? this.ref() : this);
  };
  return input;
}

/** 読み込み終わったかと、何のために動き続けているかを、変わるたびに知らせる */
function tellState(tell, input) {
  let last = "";
  setInterval(() => {
    const resources = process.getActiveResourcesInfo();
    const state = {
      loaded: process.mainModule?.loaded ?? false,
      timer: resources.includes("Timeout"),
      socket: resources.includes("TCPSocketWrap"),
      server: resources.includes("TCPServerWrap"),
      input: input.reading,
    };
    if (JSON.stringify(state) === last) return;
    last = JSON.stringify(state);
    tell({ pid: process.pid, state });
  }, interval).unref();
}
