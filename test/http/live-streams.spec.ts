import { LiveStreams, longestStreamMilliseconds } from '../../src/infrastructure/api/live-streams';

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe('a stream towards a browser', () => {
  it('ends after a quarter of an hour, so that who it is for is asked again', () => {
    const { signal } = new LiveStreams().begin('staff:s001');
    jest.advanceTimersByTime(longestStreamMilliseconds - 1);
    expect(signal.aborted).toBe(false);
    jest.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
  });

  it('leaves no timer behind when the browser goes', () => {
    const { close } = new LiveStreams().begin('staff:s001');
    close();
    expect(jest.getTimerCount()).toBe(0);
  });
});
