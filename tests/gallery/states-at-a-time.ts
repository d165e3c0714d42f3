/** How many states of the gallery are looked at side by side. */
export const statesAtATime = 3;
