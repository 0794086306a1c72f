import { errorData } from '../api/postern';
import { showToast } from '../components/toast-store';
import { chooseTheme, type ThemePreference } from '../theme/theme-store';

/** Shows a theme at once and keeps the choice; says so where it could not be kept. */
export async function setTheme(preference: ThemePreference): Promise<void> {
  try {
    await chooseTheme(preference);
  } catch (error) {
    showToast({
      tone: 'danger',
      message: `The theme was not saved: ${errorData(error).message}`,
    });
  }
}
