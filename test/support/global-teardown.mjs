/** Once, after the tests, whatever came of them. */
export default async () => {
  await globalThis.postgresOfTheTests?.close();
};
