// One loader for all questions: answers/duties.json is what sql/duties.sql answers.
import { parseArgs } from 'node:util';
import { answer } from '../../database.js';

const { values } = parseArgs({ options: { question: { type: 'string' } } });
process.stdout.write(JSON.stringify(await answer(values.question)));
