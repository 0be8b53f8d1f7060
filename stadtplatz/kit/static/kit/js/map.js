export const offer = () => {};
