// レッスンの名前。教科書の本文の2つと、演習の2つ。ほかのリストは、みなここから作る
module.exports = ["Socket1", "Socket2", "Practice1", "Practice2"];
