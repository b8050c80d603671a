// レッスンの名前。教科書の本文の2つと、演習の2つ。ほかのリストは、ここから作るか、ここと比べる (repository.test.ts)
module.exports = ["Socket1", "Socket2", "Practice1", "Practice2"];
