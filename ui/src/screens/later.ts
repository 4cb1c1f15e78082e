// The screens that nobody opens first: they come once the first one is there.

export { default as BringBack } from './BringBack.svelte';
export { default as Circle } from './Circle.svelte';
export { default as Machines } from './Machines.svelte';
export { default as Me } from './Me.svelte';
export { default as Near } from './Near.svelte';
export { default as Note } from './Note.svelte';
export { default as Notes } from './Notes.svelte';
export { default as Safe } from './Safe.svelte';
export { default as Locked } from './Locked.svelte';
export { heedPresence } from '../state/presence';
export { default as Practise } from '../parts/Practise.svelte';
