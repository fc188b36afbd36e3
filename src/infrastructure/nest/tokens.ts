/** Under this token the module provides the ports. */
export const portsToken = Symbol('Ports');
export const optionsToken = Symbol('TichetAlbastruOptions');
export const openedToken = Symbol('OpenedPorts');
