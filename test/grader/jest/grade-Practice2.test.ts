import { testLesson } from "./checks-as-tests.ts";
import { lesson } from "../lessons/Practice2.ts";

testLesson(lesson);
