// Practice1 の検査を jest のテストとして行う。npm run grade が動かすのは、これ
import { testLesson } from "./checks-as-tests.ts";
import { lesson } from "../lessons/Practice1.ts";

testLesson(lesson);
