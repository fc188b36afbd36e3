// Preloaded by `npm run test:long`, on every system alike: kills, races and searches in their full length.
process.env.FAULTS = 'full';
