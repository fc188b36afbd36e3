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
