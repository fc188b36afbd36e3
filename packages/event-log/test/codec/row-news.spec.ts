import { decodeRowNews, encodeRowNews } from '@tichet-albastru/event-log/codec/row-news.codec';

const about = { by: 'one', nth: 3, builds: [[1, 7]] as const };
const changes = [
  { projection: 'counting', key: 'a\0b', position: '1' },
  { projection: 'counting', key: 'c', position: '1', dueAt: '2026-03-02T08:00:00.000Z' },
];

describe('what a commit of rows says', () => {
  it('is understood', () => {
    expect(encodeRowNews(about, changes).map(decodeRowNews)).toEqual([{ ...about, changes }]);
  });

  // Anybody who may connect to the database may say it, and another version of the program may say it in another way.
  it.each([
    'x',
    '',
    'null',
    '[]',
    '"text"',
    '{"by":"x","nth":1,"builds":[1]}',
    '{"by":"x","nth":1,"builds":[null]}',
    '{"by":"x","nth":1,"builds":[[1]]}',
    '{"by":"x","nth":1,"builds":[["1","2"]]}',
    '{"by":"x","nth":1,"builds":[[1,1e400]]}',
    '{"by":"x","nth":1,"builds":{}}',
    '{"by":1,"nth":1,"builds":[]}',
    '{"by":"x","nth":1,"builds":[],"at":1,"rows":[]}',
    '{"by":"x","nth":1,"builds":[],"rows":{}}',
    '{"by":"x","nth":1,"builds":[],"rows":[null]}',
    '{"by":"x","nth":1,"builds":[],"rows":[["counting"]]}',
    '{"by":"x","nth":1,"builds":[],"rows":[["counting",1]]}',
    '{"by":"x","nth":1,"builds":[],"rows":[["counting","a",5]]}',
  ])('is nothing when it is %s', (payload) => {
    expect(decodeRowNews(payload)).toBeUndefined();
  });
});
