import { testLesson } from "../support/lesson.ts";
import { checks } from "./Socket1.checks.ts";

testLesson("Socket1", checks);
