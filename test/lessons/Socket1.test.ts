import { testLesson } from "../support/check.ts";
import { checks, lesson } from "./Socket1.checks.ts";

testLesson(lesson, checks);
