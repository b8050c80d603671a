import { testLesson } from "../support/lesson.ts";
import { checks } from "./Socket2.checks.ts";

testLesson("Socket2", checks);
