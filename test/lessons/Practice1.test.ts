import { testLesson } from "../checks/run.ts";
import { lesson } from "./Practice1.ts";

testLesson(lesson);
