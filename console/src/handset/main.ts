import { mount } from 'svelte'
import '@/shared/theme/base.css'
import '@/shared/theme/theme.svelte'
import './handset.css'
import App from './App.svelte'
import { prepareSound } from './phone/sound'
import { watchBattery } from './phone/battery.svelte'
import { watchForUpdates } from './phone/update.svelte'

prepareSound()
void watchBattery()
void watchForUpdates()
mount(App, { target: document.getElementById('app')! })
