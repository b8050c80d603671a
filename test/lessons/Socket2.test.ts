import { testLesson } from "../support/check.ts";
import { checks, lesson } from "./Socket2.checks.ts";

testLesson(lesson, checks);
