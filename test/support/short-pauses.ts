import * as pauses from '@tichet-albastru/kernel/pause';

const longest = 5;

/** In this suite who waits before another try, or for the next look, waits some milliseconds: how long it would be is not what it is about. */
export const shortPauses = (): void => {
  const { pause } = pauses;
  let spy: jest.SpyInstance | undefined;
  beforeEach(() => {
    spy = jest.spyOn(pauses, 'pause').mockImplementation((milliseconds, signal) => pause(Math.min(milliseconds, longest), signal));
  });
  afterEach(() => {
    spy?.mockRestore();
  });
};
