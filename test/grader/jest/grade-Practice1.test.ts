import { testLesson } from "./checks-as-tests.ts";
import { lesson } from "../lessons/Practice1.ts";

testLesson(lesson);
