// この教材の答え (レッスンの8つのファイル) を、読み、書き換え、写す
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../grader/repository-root.ts";

/** レッスンのファイルの、どちらか */
export type Side = "server" | "client";

/** 書き換えるところと、それに代わるもの */
export type Edit = [from: string | RegExp, to: string];

/** レッスンのファイルの中身 */
export const source = ({ name }: { name: string }, side: Side) =>
  readFileSync(join(root, name, `${side}.ts`), "utf8");

/**
 * レッスンのファイルを、順に書き換えた中身。
 * @throws {Error} 書き換えるところが、ちょうど1つでないとき
 */
export function editedSource(lesson: { name: string }, side: Side, ...edits: Edit[]): string {
  return edits.reduce((text, [from, to]) => {
    const literal = typeof from === "string";
    const found = literal ? text.split(from).length - 1 : [...text.matchAll(new RegExp(from, `g${from.flags}`))].length;
    if (found !== 1) throw new Error(`${lesson.name}/${side}.ts に「${from}」は ${found} か所あります`);
    return literal ? text.replace(from, () => to) : text.replace(from, to); // 文字列なら、$ もそのまま
  }, source(lesson, side));
}

/**
 * 中身を、新しい空のフォルダのファイルに書く。
 * @returns そのパス
 */
export function written(name: string, text: string): string {
  const path = join(mkdtempSync(join(process.env.TEST_FOLDER!, "written-")), name);
  writeFileSync(path, text);
  return path;
}
