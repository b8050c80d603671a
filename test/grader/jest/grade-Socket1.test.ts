import { testLesson } from "./checks-as-tests.ts";
import { lesson } from "../lessons/Socket1.ts";

testLesson(lesson);
