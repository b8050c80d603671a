import { testLesson } from "../checks/run.ts";
import { lesson } from "./Practice2.ts";

testLesson(lesson);
