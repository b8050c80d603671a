import { testLesson } from "../support/check.ts";
import { checks, lesson } from "./Practice1.checks.ts";

testLesson(lesson, checks);
