import { testLesson } from "../support/lesson.ts";
import { checks } from "./Practice2.checks.ts";

testLesson("Practice2", checks);
