import { testLesson } from "./checks-as-tests.ts";
import { lesson } from "../lessons/Socket2.ts";

testLesson(lesson);
