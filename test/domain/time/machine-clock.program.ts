/** Makes this process's clock show MACHINE_NOW; imported before anything that could look at it. */
const machineNow = process.env['MACHINE_NOW'];
if (machineNow !== undefined) {
  const shown = Date.parse(machineNow);
  Date.now = () => shown;
}
