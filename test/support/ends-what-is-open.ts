import { endAbove, openThings } from './closing';

let before = 0;
beforeEach(() => {
  before = openThings();
});
afterEach(() => endAbove(before));
afterAll(() => endAbove(0));
