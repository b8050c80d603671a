// jest が終わるときに1回だけ: reaper.cjs に知らせ、片付け終わるのを待つ
export default () => (globalThis as any).stopReaper();
