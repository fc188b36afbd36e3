// Preloaded into the demonstration, which has no settings of its own: the notice names a time for which recordings are kept, of three days.
const policies = require('../../src/domain/policies');

const { policiesWith } = policies;
const ofThreeDays = { 'recording-period': { value: { days: 3 }, version: 2 } };
Object.defineProperty(policies, 'policiesWith', { value: (changes = {}) => policiesWith({ ...ofThreeDays, ...changes }) });
