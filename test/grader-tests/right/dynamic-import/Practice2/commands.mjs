export const run = (text) => {
  const [op, a, b] = String(text).split(",");
  return String({ add: +a + +b, sub: a - b, mul: a * b, div: a / b }[op]);
};
