// テストの順番: 道具のテストを初めに。道具が壊れていれば、はじめの赤が、そのファイルの名を言う
const Sequencer = /** @type {any} */ (require("@jest/test-sequencer")).default;

module.exports = class extends Sequencer {
  /** @param {Iterable<{ path: string }>} tests */
  sort(tests) {
    const first = (/** @type {{ path: string }} */ { path }) => Number(/(-modules|preload)\.test\.ts$/.test(path));
    return super.sort(tests).sort((/** @type {any} */ a, /** @type {any} */ b) => first(b) - first(a));
  }
};
