// Preloaded into a service under test: shifts its clock by the milliseconds that a file says, in threads too, while time goes on.
const { readFileSync } = require('node:fs');

const file = process.env.TEST_CLOCK_FILE;
const RealDate = Date;
let offset = 0;
let readAt = -1;
const look = () => {
  const now = RealDate.now();
  if (now - readAt < 20) return;
  readAt = now;
  try {
    offset = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // No file yet: the clock is right.
  }
};
const moved = () => {
  look();
  return RealDate.now() + offset;
};
if (file) {
  globalThis.Date = class Date extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(moved());
      else super(...parts);
    }
    static now() {
      return moved();
    }
  };
}
