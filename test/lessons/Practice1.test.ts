import { testLesson } from "../support/lesson.ts";
import { checks } from "./Practice1.checks.ts";

testLesson("Practice1", checks);
