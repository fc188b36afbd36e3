/**
 * Where so many wait for each other: nobody goes on before the last of them is there, and whoever comes later is not held up.
 * A careless variant that reads, meets the others here and then writes is caught each time, however busy the machine is.
 */
export const meetingPoint = (count: number): (() => Promise<void>) => {
  let awaited = count;
  let letGo: () => void = () => undefined;
  const everybody = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  return () => {
    awaited -= 1;
    if (awaited <= 0) letGo();
    return everybody;
  };
};

/** The same again and again: when all have met, whoever comes next waits for the others anew. */
export const meetings = (count: number): (() => Promise<void>) => {
  let come = 0;
  let next = meetingPoint(count);
  return () => {
    const meet = next;
    come += 1;
    if (come % count === 0) next = meetingPoint(count);
    return meet();
  };
};
