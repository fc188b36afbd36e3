/** Waits for what the processes of a service do by themselves: their loops look at the clock each second. @throws after ten seconds */
export const until = async (seen: () => Promise<boolean>): Promise<void> => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await seen()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never came.');
};
