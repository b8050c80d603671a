import { testLesson } from "../checks/run.ts";
import { lesson } from "./Socket2.ts";

testLesson(lesson);
