import { testLesson } from "../checks/run.ts";
import { lesson } from "./Socket1.ts";

testLesson(lesson);
