import '@/shared/theme/base.css'
import '@/shared/theme/theme.svelte'
import { mount } from 'svelte'
import Door from '@/shared/door/Door.svelte'
import Desk from './Desk.svelte'

mount(Door, { target: document.getElementById('app')!, props: { room: Desk } })
