import type { Ports } from '../ports/ports';
import { InvalidCursor, type Selection } from '@tichet-albastru/event-log/ports/read-models';

type OfPage = Pick<Selection, 'limit' | 'cursor'>;
type List<Asked, Answer> = (ports: Ports) => (asked: Asked) => Promise<Answer>;

/** The same mark for the same question, for every page of it and every order of its fields; keyed, so that it tells no number or name. */
const markOf = ({ personalData }: Ports, name: string, { limit: _, cursor: __, ...filter }: OfPage): string => {
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined);
  const inOrder = asked.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return personalData.tag('page', JSON.stringify([name, inOrder])).slice(0, 12);
};

/**
 * The list, with cursors that begin with a mark of what was asked: no cursor goes on with another list or another filter.
 * @param name no two lists have the same
 */
export const pagesOf =
  <Asked extends OfPage, Answer extends object>(name: string, list: List<Asked, Answer>): List<Asked, Answer> =>
  (ports) => {
    const page = list(ports);
    return async (asked) => {
      const mark = markOf(ports, name, asked);
      if (asked.cursor?.startsWith(mark) === false) throw new InvalidCursor();
      const answer = await page(asked.cursor === undefined ? asked : { ...asked, cursor: asked.cursor.slice(mark.length) });
      return 'next' in answer && typeof answer.next === 'string' ? { ...answer, next: `${mark}${answer.next}` } : answer;
    };
  };
