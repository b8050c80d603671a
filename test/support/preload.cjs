// テストが動かすプログラムの中で、最初に読み込まれる (tsx より先なので JavaScript で書く)。
// - listen できたら、そのポートをテストに知らせる。時間で待たずに済む
// - 環境変数 TEST_PORTS (JSON) にあるポート番号を読み替える。6000 や 9000 と書いてあっても、空いているポートで動く
// - 終わったあとに何も残さない
const { ChildProcess } = require("node:child_process");
const net = require("node:net");

const ports = JSON.parse(process.env.TEST_PORTS ?? "{}");

/** listen や connect の引数 (node:net が許すどの形でも) のポート番号を読み替え、もとの番号を返す */
function swapPort(args) {
  const list = Array.isArray(args[0]) ? args[0] : args; // net.connect は引数を1つの配列にまとめて渡す
  const inObject = typeof list[0] === "object";
  const asked = inObject ? list[0]?.port : list[0];
  if (Object.hasOwn(ports, asked)) list[0] = inObject ? { ...list[0], port: ports[asked] } : ports[asked];
  return asked;
}

const { listen } = net.Server.prototype;
net.Server.prototype.listen = function (...args) {
  const asked = swapPort(args);
  this.once("listening", () => process.send?.({ asked: Number(asked), ...this.address() }));
  return listen.apply(this, args);
};

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  swapPort(args);
  return connect.apply(this, args);
};

// 標準入力が端末なら、読むのをやめたプログラムは終われる。パイプでも、採点ではそれと同じにする。
// process.stdin に触れるとパイプの読み方が変わり、fs.readSync で読むプログラムが困るので、触れずに直す
if (process.env.TEST_TERMINAL) {
  const { pause, resume } = net.Socket.prototype;
  net.Socket.prototype.pause = function () {
    return pause.call(this.fd === 0 ? this.unref() : this);
  };
  net.Socket.prototype.resume = function () {
    return resume.call(this.fd === 0 ? this.ref() : this);
  };
}

// 孫プロセスも同じプロセスグループに入れて、合わせて終わらせられるようにする
const { spawn } = ChildProcess.prototype;
ChildProcess.prototype.spawn = function (options) {
  return spawn.call(this, { ...options, detached: false });
};

// テストのほうが先に終わったら、残らずに終わる
process.on("disconnect", () => process.exit());
process.channel?.unref();
