type Waiting<Question, Answer> = {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/** Few enough that one answer stays small. */
const mostAtOnce = 64;
/** So that one long answer does not hold up all that come after it. */
const mostOnTheirWay = 2;

/**
 * Questions to a server that are asked in one turn of the event loop, or while others are being answered, are one round trip. Each is
 * sent after it was asked, so an answer takes in all that was acknowledged by then.
 * @param answers one for each question, in their order; its error is thrown to every caller
 */
export const gathered = <Question, Answer>(
  answers: (questions: readonly Question[]) => Promise<readonly Answer[]>,
): ((question: Question) => Promise<Answer>) => {
  let waiting: Waiting<Question, Answer>[] = [];
  let onTheirWay = 0;
  let scheduled = false;

  const schedule = (): void => {
    if (scheduled || waiting.length === 0 || onTheirWay >= mostOnTheirWay) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      void send();
    });
  };

  const send = async (): Promise<void> => {
    const batch = waiting.slice(0, mostAtOnce);
    waiting = waiting.slice(mostAtOnce);
    onTheirWay += 1;
    try {
      const found = await answers(batch.map(({ question }) => question));
      if (found.length !== batch.length) throw new Error(`${batch.length} questions have ${found.length} answers.`);
      for (const [index, answer] of found.entries()) batch[index]?.resolve(answer);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    } finally {
      onTheirWay -= 1;
      schedule();
    }
  };

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ question, resolve, reject });
      schedule();
    });
};
