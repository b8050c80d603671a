import { testLesson } from "../support/check.ts";
import { checks, lesson } from "./Practice2.checks.ts";

testLesson(lesson, checks);
